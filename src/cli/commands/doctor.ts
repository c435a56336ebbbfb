import type { Command } from 'commander'
import { LIMITS } from '../../config.ts'
import type { DoctorCheck, ProjectSurvey } from '../../reverie.ts'
import { doctorReport } from '../../wire/extensions/installation-report.ts'
import { projectReport } from '../../wire/extensions/projects/project-report.ts'
import { counted } from '../amounts.ts'
import type { NextStep, Run } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { examples } from '../help-text.ts'
import { doctorProjects } from '../projects/doctor-projects.ts'
import { goneSoon, projectsView } from '../projects/projects-view.ts'
import { BLANK, blanks, type Line, line, padded, span, wrap } from '../styled-line.ts'

export function addDoctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('Check this installation. The report holds no secret and may be pasted anywhere.')
    .addHelpText('before', examples([['reverie doctor', 'what works, what does not, what to do']]))
    .action(() =>
      run('doctor', async ({ reverie: open, out, io }) => {
        const reverie = await open()
        const agents = await doctorProjects(reverie, io.invocation)
        const checks = [...(await reverie.doctor()), ...agents.checks]
        const projects = agents.surveys
        const isWell = checks.every(({ isOk }) => isOk)
        const { width } = out
        return {
          data: doctorReport(
            checks,
            projects.map((one) => projectReport(one, LIMITS.indexLinesMax)),
          ),
          view: [...projectsView(projects, { width, env: io.env }), ...doctorView(checks, width)],
          warnings: warningsOf(projects),
          next: nextSteps(projects),
          exitCode: isWell ? EXIT.ok : EXIT.failed,
        }
      }),
    )
}

function warningsOf(projects: readonly ProjectSurvey[]): readonly string[] {
  const count = goneSoon(projects)
  if (count === 0) return []
  return [`${counted(count, 'transcript')} will be deleted within a week and not kept here.`]
}

function nextSteps(projects: readonly ProjectSurvey[]): readonly NextStep[] {
  return projects.some(({ project }) => project.memoryFolder !== null)
    ? [{ command: 'reverie dream --all-projects', why: 'plan for each, and keep what they say' }]
    : []
}

function doctorView(checks: readonly DoctorCheck[], width: number): Line[] {
  const columns = Math.max(0, ...checks.map(({ name }) => name.length)) + 2
  const failing = checks.filter(({ isOk }) => !isOk).length
  return [
    ...checks.flatMap(({ name, isOk, found, next }) => [
      ...wrap([span(found)], {
        width,
        before: [
          blanks(2),
          ...padded(isOk ? span('ok', 'added') : span('fails', 'removed'), 7),
          ...padded(span(name, 'strong'), columns),
        ],
      }),
      ...(next === null
        ? []
        : wrap([span(next, 'quiet')], { width, before: [blanks(9 + columns)] })),
    ]),
    BLANK,
    line(failing === 0 ? '  All is well.' : `  ${counted(failing, 'check')} to look at.`),
  ]
}
