import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { claimInstance, setUpOwner } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

type Item = { id: string; name: string; status: string }

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let owner: Device
let servers: Item[]

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct({ timeScale: 0 })
  owner = await browser.newDesktop()
  await setUpOwner(owner, product, wordsOf('en'))
  servers = (await send<{ items: Item[] }>(owner, 'GET', '/servers?sort=name&limit=200')).body.items
  const [first, second, third] = running()
  await send(owner, 'PATCH', `/servers/${first.id}/metadata`, { project: 'web shop', tags: ['critical'] })
  await act(first, 'reboot')
  await act(second, 'power_off')
  await product.control('POST', '/faults', { kind: 'status', status: 503, method: 'POST', path: 'reboot$', times: 5 })
  await act(third, 'reboot')
  await product.control('DELETE', '/faults')
})
afterAll(async () => {
  await owner?.close()
  await product?.stop()
  await browser?.close()
})

/** The API as the dashboard of a device uses it. */
async function send<Body>({ page }: Device, method: string, path: string, body?: unknown) {
  const [status, text] = await page.evaluate(
    async ([verb, url, json]) => {
      const headers = { 'content-type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
      const response = await fetch(`/api/v1${url}`, { method: verb, headers, ...(json ? { body: json } : {}) })
      return [response.status, await response.text()] as const
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)] as [string, string, string],
  )
  return { status, body: JSON.parse(text) as Body }
}

const act = (server: Item, action: string) =>
  send(owner, 'POST', `/servers/${server.id}/actions`, {
    action,
    ...(action === 'power_off' ? { confirmName: server.name } : {}),
  })

function running(): [Item, Item, Item, Item] {
  const [a, b, c, d] = servers.filter(({ status }) => status === 'running')
  if (!a || !b || !c || !d) throw new Error('The simulated project has too few servers that run.')
  return [a, b, c, d]
}

/** Lets the dashboard of a device see an answer that the simulated provider cannot bring about. */
async function change<Body>({ page }: Device, url: string, edit: (body: Body) => void) {
  await page.route(url, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as Body
    if (response.ok()) edit(body)
    await route.fulfill({ response, json: body })
  })
}

/** A device of the owner, signed in by the passkey as soon as the page asks for it. */
async function visit(device: Device, path: string) {
  await device.page.goto(product.origin + path)
  await device.page.waitForURL(`**${path.split('?')[0]}**`)
  await device.page.locator('#page-title').waitFor()
}
const problemsOf = (device: Device) => device.problems.filter((problem) => !/\b(401|429|503|500)\b/.test(problem))

const devices = [
  ['on a desktop, in English', 'en', () => browser.newDesktop({ passkeysOf: owner })],
  ['on a phone, in English', 'en', () => browser.newPhone({ passkeysOf: owner, colorScheme: 'dark' })],
  ['on a phone, in Arabic', 'ar', () => browser.newPhone({ passkeysOf: owner, locale: 'ar' })],
] as const satisfies readonly (readonly [string, Locale, () => Promise<Device>])[]

describe.each(devices)('%s', (_name, locale, newDevice) => {
  const words = wordsOf(locale)
  let device: Device
  beforeAll(async () => {
    device = await newDevice()
  })
  afterAll(() => device?.close())
  const shoot = (name: string) => device.screenshot(`${name}-${locale}-${device.page.viewportSize()?.width}`)

  test('every operation is one row; an entry shows how it went, what changed, and has an address', async () => {
    const { page } = device
    const [, second] = running()
    await visit(device, '/activity')
    const row = page
      .locator('tr, li')
      .filter({ hasText: words('audit_server_power_off') })
      .filter({ hasText: second.name })
    await row.getByText(words('audit_phase_succeeded')).waitFor()
    expect(await row.count()).toBe(1)
    await expectAccessible(page)
    await shoot('activity')

    const opener = row.locator('[data-row]')
    await opener.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(words('audit_step_started')).waitFor()
    await dialog.getByText(words('servers_status_off'), { exact: true }).waitFor()
    expect(page.url()).toContain('entry=opr_')
    await expectAccessible(page)
    await shoot('activity-entry')
    const address = page.url()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.waitForURL((url) => !url.searchParams.has('entry'))
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)

    await page.goto(address)
    await dialog.getByText(words('audit_step_started')).waitFor()
    await page.keyboard.press('Escape')
    expect(problemsOf(device)).toEqual([])
  })

  test('results narrow the list, in the address; nothing found says so and is one click from everything', async () => {
    const { page } = device
    const [first, , third] = running()
    await visit(device, '/activity')
    await page.getByRole('button', { name: words('audit_phase_failed'), exact: true }).click()
    await page.waitForURL('**result=failed**')
    await page.getByText(third.name, { exact: true }).first().waitFor()
    await page.getByText(first.name, { exact: true }).first().waitFor({ state: 'detached' })
    await page.reload()
    await page.getByText(third.name, { exact: true }).first().waitFor()
    expect(await page.getByText(words('audit_phase_succeeded')).count()).toBe(1)

    await page.getByRole('searchbox').first().fill('nobody is called that')
    await page.getByText(words('audit_none_title')).waitFor()
    await expectAccessible(page)
    await page
      .getByRole('button', { name: words('ui_clear_filters') })
      .last()
      .click()
    await page.getByText(first.name, { exact: true }).first().waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  test('what fails at the provider is told in words, with what it means', async () => {
    const { page } = device
    await visit(device, '/provider-log')
    await page.getByText(words('plog_unavailable')).first().waitFor()
    await page.getByText(words('plog_unavailable_text')).first().waitFor()
    await expectAccessible(page)
    await shoot('provider-log')
    await page
      .locator('[data-row]')
      .filter({ hasText: words('plog_unavailable') })
      .first()
      .click()
    await page.getByRole('dialog').getByText('503').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await visit(device, '/provider-log?kind=quota')
    await page.getByText(words('plog_none_title')).waitFor()
    expect(problemsOf(device)).toEqual([])
  })

  test('costs: totals first, groups by choice, every server in its parts', async () => {
    const { page } = device
    await visit(device, '/costs')
    await page.getByText(words('costs_monthly'), { exact: true }).first().waitFor()
    await page.getByText(words('costs_off'), { exact: true }).waitFor()
    await page.getByText('web shop', { exact: true }).first().waitFor()
    await page.getByText(words('costs_history_first')).waitFor()
    await expectAccessible(page)
    await shoot('costs')
    const location = page.getByRole('radio', { name: words('costs_by_location') })
    if (await location.count()) await location.click()
    else {
      await page.getByLabel(words('costs_by')).click()
      await page.getByRole('option', { name: words('costs_by_location') }).click()
    }
    await page.waitForURL('**by=location**')
    await page.getByRole('link', { name: 'fsn1' }).waitFor()

    const started = page.waitForEvent('download')
    await page.getByRole('button', { name: words('costs_export') }).click()
    const file = await started
    expect(file.suggestedFilename()).toMatch(/^webnova-costs-\d{4}-\d\d-\d\d\.csv$/)
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines[0]).toContain('server_id,name')
    expect(lines).toHaveLength(servers.length + 1)
    expect(lines.every((line) => line.split(',').length === 16)).toBe(true)
    expect(problemsOf(device)).toEqual([])
  })

  test.each([
    ['/activity', '**/api/v1/audit?**'],
    ['/provider-log', '**/api/v1/provider-log?**'],
    ['/costs', '**/api/v1/costs?**'],
  ])('%s: a failing read says so, names its request, and the retry works', async (path, api) => {
    const { page } = device
    const error = { code: 'database_unavailable', message: 'no', requestId: 'req_test' }
    await page.route(api, (route) => route.fulfill({ status: 503, json: { error } }))
    await visit(device, path)
    await page.getByText(words('error_database_unavailable')).waitFor()
    await page.getByText('req_test').waitFor()
    await expectAccessible(page)
    await page.unroute(api)
    await page.getByRole('button', { name: words('ui_retry') }).click()
    await page.getByRole('table').first().or(page.locator('[data-row]').first()).first().waitFor()
  })
})

describe('followed live', () => {
  const words = wordsOf('en')

  test('an operation appears by itself at the top, and waits behind a button while one reads below', async () => {
    const device = await browser.newDesktop({ passkeysOf: owner })
    const { page } = device
    const [, , , fourth] = running()
    await visit(device, '/activity')
    await page.locator('[data-row]').first().waitFor()
    await send(owner, 'PATCH', `/servers/${fourth.id}/metadata`, { notes: 'a first change' })
    const first = page
      .locator('tbody tr')
      .filter({ has: page.locator('[data-row]') })
      .first()
    await first.getByText(fourth.name).waitFor()

    for (const server of servers) {
      await send(owner, 'PATCH', `/servers/${server.id}/metadata`, { environment: 'staging' })
    }
    await first.getByText(servers.at(-1)?.name ?? '').waitFor()
    await page.evaluate(() => window.scrollTo(0, 600))
    await send(owner, 'PATCH', `/servers/${fourth.id}/metadata`, { notes: 'a second change' })
    const pill = page.getByRole('button', { name: /new entr/ })
    await pill.waitFor()
    expect(await first.getByText(servers.at(-1)?.name ?? '').count()).toBe(1)
    await expectAccessible(page)
    await device.screenshot('activity-new')
    await pill.click()
    await first.getByText(fourth.name).waitFor()
    await pill.waitFor({ state: 'detached' })
    await device.close()
  })

  test('what was done outside is marked as that', async () => {
    const device = await browser.newDesktop({ passkeysOf: owner })
    const { page } = device
    await change<{ items: Record<string, unknown>[] }>(device, '**/api/v1/audit?**', ({ items }) => {
      Object.assign(items[0] ?? {}, {
        action: 'server.outside_change',
        actor: { kind: 'system', id: 'cron', name: 'cron' },
        source: 'cron',
        after: { command: 'reboot_server', power: 'reboot', status: 'succeeded' },
      })
      Object.assign(items[1] ?? {}, {
        action: 'resource.outside_change',
        actor: { kind: 'system', id: 'cron', name: 'cron' },
        target: { type: 'resource', id: 'firewall:38', name: 'web-public' },
        source: 'cron',
        after: { command: 'set_firewall_rules', power: null, status: 'succeeded' },
      })
    })
    await visit(device, '/activity')
    const rows = page.locator('tbody tr').filter({ hasText: words('audit_outside') })
    const [server, firewall] = [rows.first(), rows.filter({ hasText: 'web-public' })]
    await server.getByText(words('audit_server_reboot'), { exact: true }).waitFor()
    await server.getByText(words('audit_phase_noticed')).waitFor()
    await firewall.getByText('Set firewall rules', { exact: true }).waitFor()
    await firewall.getByText(words('audit_kind_firewall'), { exact: true }).waitFor()
    await visit(device, '/activity?action=outside')
    await page
      .getByRole('combobox')
      .filter({ hasText: words('audit_outside') })
      .waitFor()
    await expectAccessible(page)
    await device.close()
  })

  test('j and k walk the rows, Enter opens', async () => {
    const device = await browser.newDesktop({ passkeysOf: owner })
    const { page } = device
    await visit(device, '/activity')
    await page.locator('[data-row]').first().waitFor()
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
    const rows = page.locator('[data-row]')
    expect(await rows.nth(1).evaluate((row) => row === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText(words('audit_facts')).waitFor()
    await device.close()
  })
})

describe('costs of several currencies, with prices that are not known', () => {
  const words = wordsOf('en')
  type Costs = {
    totals: Record<string, unknown>[]
    unknownPrices: number
    servers: Record<string, unknown>[]
  }

  test('currencies are never added up, unknown is never nothing, and the history is a chart with a table', async () => {
    const device = await browser.newDesktop({ passkeysOf: owner })
    const { page } = device
    await change<Costs>(device, '**/api/v1/costs?**', (report) => {
      report.totals.push({ ...report.totals[0], currency: 'USD', monthlyNet: '10.5', servers: 1 })
      report.unknownPrices = 1
      const unknown = { serverMonthlyNet: null, monthlyNet: null, monthToDateNet: null, priceKnown: false }
      Object.assign(report.servers[0] ?? {}, {
        ...unknown,
        name: 'mystery',
        displayName: null,
        unknownParts: ['server'],
      })
    })
    await change<{ days: Record<string, unknown>[] }>(device, '**/api/v1/costs/history?**', ({ days }) => {
      days.unshift({ ...days[0], day: '2026-01-01', monthlyNet: '123456789.12' })
    })
    await visit(device, '/costs')
    await page.getByText('$10.50').waitFor()
    await page.getByText(words('costs_unknown_text')).waitFor()
    // Unknown comes last in either direction.
    const row = page.getByRole('row').filter({ hasText: 'mystery' })
    // What is above may still come in and push the end away.
    const seeTheEnd = () =>
      expect
        .poll(
          async () => {
            await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
            return row.getByText(words('costs_unknown'), { exact: true }).count()
          },
          { timeout: 30_000 },
        )
        .toBeGreaterThan(0)
    await seeTheEnd()
    expect(await row.innerText()).not.toMatch(/[$€]0\.00/)
    await page.getByRole('button', { name: words('costs_sum') }).click()
    await page.waitForURL('**sort=month**')
    await seeTheEnd()
    expect(await row.getAttribute('aria-rowindex')).toBe(String(servers.length + 1))
    await device.screenshot('costs-unknown')
    await page.getByRole('group', { name: words('costs_history_of', { currency: 'EUR' }) }).waitFor()
    expect(await page.getByRole('cell', { name: '€123,456,789.12' }).count()).toBe(1)
    await expectAccessible(page)
    await device.screenshot('costs-currencies')
    await device.close()
  })
})

test('with nothing connected the pages say what will be there', async () => {
  const fresh = await startProduct()
  const device = await browser.newPhone()
  const words = wordsOf('en')
  try {
    await claimInstance(device, fresh, words)
    await device.page.goto(`${fresh.origin}/costs`)
    await device.page.getByText(words('costs_empty_title')).waitFor()
    await expectAccessible(device.page)
    await device.page.goto(`${fresh.origin}/provider-log`)
    await device.page.getByText(words('plog_empty_title')).waitFor()
    await expectAccessible(device.page)
    await device.page.goto(`${fresh.origin}/activity`)
    await device.page.getByText(words('audit_instance_claim')).waitFor()
  } finally {
    await device.close()
    await fresh.stop()
  }
})
