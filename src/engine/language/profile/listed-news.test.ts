import { describe, expect, test } from 'vitest'
import { listedNews } from './listed-news.ts'

describe('tools that a person took up or gave up', () => {
  test.each([
    ["I've started using Linear too.", ['Linear'], []],
    ["We're switching from Trello to Asana.", ['Asana'], ['Trello']],
    ['We also switched our charts from Excel to Tableau.', ['Tableau'], ['Excel']],
    ['We dropped Slack.', [], ['Slack']],
    ['We ditched Slack for Zulip.', ['Zulip'], ['Slack']],
    [
      'I bounce between Krita and Inkscape now — Photoshop is mostly gone.',
      ['Krita', 'Inkscape'],
      ['Photoshop'],
    ],
    ["I don't use Evernote anymore.", [], ['Evernote']],
    ['We just moved our issue tracking to Shortcut.', ['Shortcut'], []],
  ])('%s', (sentence, come, gone) => {
    expect(listedNews(sentence)).toEqual({ come, gone })
  })

  test.each([
    'We moved our office to Berlin.',
    'Use R instead of Python for this.',
    'My brother dropped Slack.',
    'We started using Godot for this project.',
    'I use a pencil.',
  ])('%s: nothing of the kind', (sentence) => {
    expect(listedNews(sentence)).toBeNull()
  })
})
