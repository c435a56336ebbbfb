import type { CollectiveOrder, CollectiveTarget } from '../../collective/collective-api.ts'
import type { Contributor } from '../../plan-dream.ts'
import type { DreamOrder } from '../../workspace-api.ts'
import type { NamedInput } from './checked-order.ts'

/**
 * The order of one target's dream: it reads the sessions of the inputs whose store it is, and is
 * told patterns of all others. A target that is no input reads none.
 */
export function orderOfTarget(
  { storeId }: CollectiveTarget,
  inputs: readonly NamedInput[],
  order: CollectiveOrder,
  trigger: string,
): DreamOrder {
  const { model, instructions, outputBehavior = 'create_new', autoApply } = order
  const own = inputs.filter((input) => input.storeId === storeId)
  const others = inputs.filter((input) => input.storeId !== storeId)
  return {
    storeId,
    sessionIds: own.flatMap(({ sessionIds }) => sessionIds),
    contributors: others.map(
      ({ agentName, sessionIds }): Contributor => ({ agentId: agentName, sessionIds }),
    ),
    model,
    instructions,
    outputBehavior,
    trigger,
    ...(autoApply === undefined ? {} : { autoApply }),
  }
}
