import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uploadable } from '../../support/certificate.ts'
import type { Hcloud, Run } from '../hcloud.ts'
import type { Step } from './step.ts'

export interface Call extends Run {
  step: Step
}

/** What a step's words can name. */
export type Facts = Record<string, string>

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDcY2Zs8u0Jx7tGmV4nQpR1wKfLh3bEo9yTiXaUdSvMr tester@example\n'
// This edition of the CLI forgets the targets of outward rules that come from a file.
const RULES = [{ direction: 'in', protocol: 'tcp', port: '80', source_ips: ['0.0.0.0/0', '::/0'] }]

/** The files the commands read. */
export function makeFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'hcloud-'))
  writeFileSync(join(folder, 'key.pub'), KEY)
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(RULES))
  const { certificate, private_key: key } = uploadable(['example.com'])
  writeFileSync(join(folder, 'page.crt'), certificate)
  writeFileSync(join(folder, 'page.pem'), key)
  writeFileSync(join(folder, 'user-data'), '#cloud-config\nruncmd: [true]\n')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Runs one step, and keeps what later ones need. */
export async function playStep(step: Step, hcloud: Hcloud, facts: Facts): Promise<Call> {
  const words = step.words.map((word) => word.replace(/\{(\w+)\}/g, (_, name: string) => factOf(facts, name)))
  const run = await hcloud.run(...words)
  for (const [name, pattern] of Object.entries(step.keeps)) {
    const found = pattern.exec(run.stdout)?.[1]
    if (found) facts[name] = found
  }
  return { step, ...run }
}

function factOf(facts: Facts, name: string): string {
  const fact = facts[name]
  if (fact === undefined) throw new Error(`No step before has said what {${name}} is.`)
  return fact
}

/** What is wrong with an outcome that the scenario is about: a success that should be a refusal, the reverse, or silence. */
export function unexpected({ step, code, stdout, stderr }: Call): string | null {
  const asMeant =
    step.fails === null ? code === 0 && (step.says?.test(stdout) ?? true) : code === 1 && stderr.includes(step.fails)
  return asMeant ? null : `${step.id}: ended with ${code}\n${stderr}${stdout}`
}

/** Changes a server past every client. */
export type ChangeOutside = (change: NonNullable<Step['outside']>) => Promise<unknown>

/** The whole scenario, one command after the other. */
export async function playAll(
  steps: readonly Step[],
  hcloud: Hcloud,
  facts: Facts,
  changeOutside: ChangeOutside,
): Promise<Call[]> {
  const calls: Call[] = []
  for (const step of steps) {
    if (step.outside) await changeOutside(step.outside)
    else calls.push(await playStep(step, hcloud, facts))
  }
  return calls
}
