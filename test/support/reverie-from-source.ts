/** Preloaded where an example runs: `reverie` is these sources, not what was last built. */
import { registerHooks } from 'node:module'

const SOURCE = new URL('../../src/index.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'reverie' ? SOURCE : specifier, context),
})
