import type { Hcloud } from '../hcloud.ts'
import { playStep, type Call, type Facts } from './play.ts'
import { steps } from './scenario/index.ts'

/** What the words of the scenario need; no such things are there. */
const nothing: Facts = {
  web: '52400901',
  db: '52400902',
  plain: '52400903',
  bare: '52400904',
  snapshot: '210000901',
  ledger: '210000902',
  address: '71000901',
  ip: '198.18.9.9',
  certificate: '1700901',
}

/** One step of each command. */
const commands = new Map(
  steps.filter(({ outside }) => !outside).map((step) => [step.words.slice(0, 2).join(' '), step]),
)

/** Every command that did anything but be refused in these words. A key that opens nothing needs nothing to be there. */
export async function notTurnedAway(hcloud: Hcloud, folder: string, words: RegExp): Promise<Call[]> {
  const calls: Call[] = []
  for (const step of commands.values()) {
    const call = await playStep({ ...step, keeps: {} }, hcloud, { ...nothing, folder })
    if (call.code !== 1 || call.stdout !== '' || !words.test(call.stderr)) calls.push(call)
  }
  return calls
}
