import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/**
 * @param part a selector, where the rest of a long page was looked at elsewhere
 * @throws with every serious or critical finding of axe on what the page shows now, one a line.
 */
export async function expectAccessible(page: Page, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(WCAG)
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  if (grave.length === 0) return
  const lines = grave.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `  ${id}: ${help}\n    ${node.target.join(' ')}\n    ${node.failureSummary ?? ''}`),
  )
  throw new Error(`axe found ${lines.length} serious problem(s) at ${page.url()}:\n${lines.join('\n')}`)
}
