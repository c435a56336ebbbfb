import type { ProjectSurvey } from '../../reverie.ts'
import { counted, number } from '../amounts.ts'
import { BLANK, blanks, type Line, line, span, wrap } from '../styled-line.ts'
import type { Environment } from '../terminal.ts'
import { indexWords } from './find-project.ts'
import { homePath } from './home-path.ts'

/** Projects of agents as `doctor` shows them: notes, sessions, and when the first one goes. */
export function projectsView(
  surveys: readonly ProjectSurvey[],
  { width, env }: { readonly width: number; readonly env: Environment },
): Line[] {
  if (surveys.length === 0) return []
  return [
    line('  ', span('Projects of Claude Code', 'strong')),
    ...surveys.flatMap((survey) => [
      ...wrap([span(homePath(survey.project.workingFolder ?? survey.project.name, env))], {
        width,
        before: [blanks(2)],
      }),
      ...wrap([span(notesWords(survey), 'quiet')], { width, before: [blanks(6)] }),
      ...wrap([span(sessionWords(survey), 'quiet')], { width, before: [blanks(6)] }),
      ...survey.otherDreamers.flatMap(({ name, why }) =>
        wrap([span(`${name}: ${withHome(why, env)}`, 'warning')], {
          width,
          before: line(blanks(6), '! '),
        }),
      ),
    ]),
    BLANK,
  ]
}

/** Transcripts that go within a week and are nowhere else. */
export function goneSoon(surveys: readonly ProjectSurvey[]): number {
  const all = surveys.flatMap(({ transcripts }) => transcripts)
  return all.filter(({ daysLeft, isKept }) => !isKept && daysLeft !== null && daysLeft < 7).length
}

function notesWords({ project }: ProjectSurvey): string {
  const { notes, indexLines } = project
  if (notes === 0) return 'no notes'
  return indexLines === null
    ? `${counted(notes, 'note')}, no index`
    : `${counted(notes, 'note')}, index ${indexWords(indexLines)}`
}

function sessionWords({ transcripts }: ProjectSurvey): string {
  const [first] = transcripts
  if (first === undefined) return 'no transcripts'
  const agents = transcripts.filter(({ path }) => path.includes('/subagents/')).length
  const kept = transcripts.filter(({ isKept }) => isKept).length
  const days = transcripts.flatMap(({ daysLeft }) => (daysLeft === null ? [] : [daysLeft]))
  const soonest = days.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  return [
    `${counted(transcripts.length - agents, 'session')}${agents === 0 ? '' : ` and ${number(agents)} of sub-agents`}`,
    `${number(kept)} kept here`,
    ...(days.length === 0 ? [] : [`Claude Code deletes the first ${inDays(soonest)}`]),
  ].join(', ')
}

function inDays(days: number): string {
  return days === 0 ? 'at its next start' : `in ${counted(days, 'day')}`
}

/** The settings file that a reason names stands in the home, too. */
function withHome(why: string, env: Environment): string {
  const home = env.HOME ?? ''
  return home === '' || home === '/' ? why : why.replaceAll(`${home}/`, '~/')
}
