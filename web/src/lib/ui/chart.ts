import type UPlot from 'uplot'

export type Series = {
  label: string
  values: (number | null)[]
  colour: 'indigo' | 'green' | 'amber' | 'red' | 'blue' | 'violet' | 'slate'
  /** Tells a second line apart without colour. */
  dash?: boolean
}

type Setup = {
  node: HTMLElement
  width: number
  height: number
  series: Series[]
  max: number | undefined
  format: (value: number) => string
  clock: (date: Date) => string
  onmove: (index: number | null) => void
}

/** Up to `most` indexes spread evenly over `length`, first and last always among them. */
export function sampleIndexes(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i)
  return Array.from({ length: most }, (_, i) => Math.round((i * (length - 1)) / (most - 1)))
}

/** uPlot's options in our look: hairline grid, no legend, a small dot on the value under the cursor. */
export function chartOptions(setup: Setup): UPlot.Options {
  const style = getComputedStyle(setup.node)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const axis = {
    stroke: colour('slate-11'),
    font: '11px "Inter Variable", sans-serif',
    ticks: { show: false },
    grid: { stroke: colour('slate-4'), width: 1 },
  }
  return {
    width: setup.width,
    height: setup.height,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: 7, width: 1.5, stroke: colour('wn-ground') },
      drag: { x: false, y: false },
    },
    scales: {
      x: { time: true },
      y: { range: (_chart, min, max) => [Math.min(0, min), setup.max ?? niceTop(max)] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        space: 64,
        // A scale finer than the text would say the same thing twice.
        values: (_chart, splits) => withoutRepeats(splits.map((second) => setup.clock(new Date(second * 1000)))),
      },
      { ...axis, size: 64, space: 36, values: (_chart, splits) => splits.map(setup.format) },
    ],
    series: [
      {},
      ...setup.series.map((line) => ({
        label: line.label,
        stroke: colour(`${line.colour}-9`),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
        ...(line.dash ? { dash: [5, 3] } : { fill: colour(`${line.colour}-2`) }),
      })),
    ],
    hooks: { setCursor: [(chart) => setup.onmove(chart.cursor.idx ?? null)] },
  }
}

const withoutRepeats = (texts: string[]) => texts.map((text, i) => (text === texts[i - 1] ? '' : text))

/** A little air above the highest value; an idle line still gets a scale. */
function niceTop(max: number): number {
  return Number.isFinite(max) && max > 0 ? max * 1.15 : 1
}
