import OctagonX from '@lucide/svelte/icons/octagon-x'
import Play from '@lucide/svelte/icons/play'
import Power from '@lucide/svelte/icons/power'
import RotateCw from '@lucide/svelte/icons/rotate-cw'
import Zap from '@lucide/svelte/icons/zap'
import type { Component } from 'svelte'
import { m } from '#lib/paraglide/messages.js'
import type { PowerAction } from '../types.ts'

type Named = (inputs: { name: string }) => string
type Counted = (inputs: { count: number }) => string

export interface PowerFace {
  icon: Component<{ size?: number }>
  /** `none`: done at once. `disruptive`: asked first. `destructive`: the name, or the count, has to be typed. */
  weight: 'none' | 'disruptive' | 'destructive'
  /** "Reboot", on buttons. */
  verb: () => string
  /** "restarting…", while it runs. */
  doing: () => string
  /** "web-3 was restarted". */
  done: Named
  /** "Rebooting web-3 failed". */
  failed: Named
  ask: Named
  askMany: Counted
  /** What it does to the system on it. */
  effect: () => string
}

/** The one table of what power actions are called and how much confirmation they need. Gentle ones first. */
export const powerFaces: Record<PowerAction, PowerFace> = {
  start: {
    icon: Play,
    weight: 'none',
    verb: m.servers_start,
    doing: m.servers_start_doing,
    done: m.servers_start_done,
    failed: m.servers_start_failed,
    ask: m.servers_start_ask,
    askMany: m.servers_start_ask_many,
    effect: m.servers_start_effect,
  },
  reboot: {
    icon: RotateCw,
    weight: 'disruptive',
    verb: m.servers_reboot,
    doing: m.servers_reboot_doing,
    done: m.servers_reboot_done,
    failed: m.servers_reboot_failed,
    ask: m.servers_reboot_ask,
    askMany: m.servers_reboot_ask_many,
    effect: m.servers_reboot_effect,
  },
  stop: {
    icon: Power,
    weight: 'disruptive',
    verb: m.servers_stop,
    doing: m.servers_stop_doing,
    done: m.servers_stop_done,
    failed: m.servers_stop_failed,
    ask: m.servers_stop_ask,
    askMany: m.servers_stop_ask_many,
    effect: m.servers_stop_effect,
  },
  reset: {
    icon: Zap,
    weight: 'destructive',
    verb: m.servers_reset,
    doing: m.servers_reset_doing,
    done: m.servers_reset_done,
    failed: m.servers_reset_failed,
    ask: m.servers_reset_ask,
    askMany: m.servers_reset_ask_many,
    effect: m.servers_reset_effect,
  },
  power_off: {
    icon: OctagonX,
    weight: 'destructive',
    verb: m.servers_power_off,
    doing: m.servers_power_off_doing,
    done: m.servers_power_off_done,
    failed: m.servers_power_off_failed,
    ask: m.servers_power_off_ask,
    askMany: m.servers_power_off_ask_many,
    effect: m.servers_power_off_effect,
  },
}

export const powerActions = Object.keys(powerFaces) as PowerAction[]

/** `server.reboot`, as operations and the audit call it, → `reboot`; null for anything else. */
export function toPowerAction(action: string): PowerAction | null {
  const word = action.replace(/^server\./, '')
  return word in powerFaces ? (word as PowerAction) : null
}
