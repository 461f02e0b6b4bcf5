import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { setUpOwner } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

type Item = { id: string; name: string; status: string }

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let owner: Device
const english = wordsOf('en')

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  owner = await browser.newDesktop()
  await setUpOwner(owner, product, english)
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

async function serverNamed(name: string): Promise<Item> {
  const { body } = await send<{ items: Item[] }>(owner, 'GET', `/servers?limit=200&q=${name}`)
  const server = body.items.find((item) => item.name === name)
  if (!server) throw new Error(`There is no server ${name}.`)
  return server
}

/** A device of the owner at this address, signed in by the passkey as soon as the page asks for it. */
async function visit(device: Device, path: string): Promise<void> {
  await device.page.goto(product.origin + path)
  await device.page.waitForURL(`**${path.split('?')[0]}**`)
  await device.page.locator('#page-title').waitFor()
}

const main = ({ page }: Device) => page.getByRole('main')
const row = (device: Device, name: string) => main(device).getByRole('row').filter({ hasText: name })
/** What the faults of a test bring with them is no problem of the page. */
const expected = /\b(401|409|502|503)\b|ERR_INTERNET|dynamically imported module/
const problemsOf = (device: Device) => device.problems.filter((problem) => !expected.test(problem))

const devices = [
  ['on a desktop, in English', 'en', () => browser.newDesktop({ passkeysOf: owner })],
  [
    'on a phone, in Arabic, dark',
    'ar',
    () => browser.newPhone({ passkeysOf: owner, locale: 'ar', colorScheme: 'dark' }),
  ],
] as const satisfies readonly (readonly [string, Locale, () => Promise<Device>])[]

describe.each(devices)('%s', (_name, locale, newDevice) => {
  const words = wordsOf(locale)
  let device: Device
  beforeAll(async () => {
    device = await newDevice()
  })
  afterAll(() => device?.close())
  const shoot = (name: string) => device.screenshot(`${name}-${locale}-${device.page.viewportSize()?.width}`)

  test('filters and search stand in the address and survive a reload; nothing found is one click from everything', async () => {
    const { page } = device
    await visit(device, '/servers')
    await row(device, 'web-1').waitFor()
    await expectAccessible(page)
    await main(device)
      .getByRole('button', { name: words('servers_view_running') })
      .click()
    await page.waitForURL('**status=running**')
    await page.getByRole('searchbox').fill('web-')
    await page.waitForURL('**q=web-**')
    await row(device, 'db-primary').waitFor({ state: 'detached' })
    await page.reload()
    await row(device, 'web-1').waitFor()
    expect(await row(device, 'db-primary').count()).toBe(0)
    await page.getByRole('searchbox').fill('no such server')
    await page.getByText(words('servers_none_match')).waitFor()
    await expectAccessible(page)
    await main(device)
      .getByRole('button', { name: words('ui_clear_filters') })
      .last()
      .click()
    await row(device, 'db-primary').waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  test('several at once: the count is typed for what may lose data; failures come first and can be tried again', async () => {
    const { page } = device
    const names = locale === 'en' ? ['api-1', 'api-2'] : ['cache-1', 'cache-2']
    await visit(device, '/servers')
    for (const name of names) {
      await page.getByRole('checkbox', { name: words('ui_select_row', { name }), exact: true }).click()
    }
    await product.control('POST', '/faults', { kind: 'status', status: 503, method: 'POST', path: 'reset$', times: 5 })
    const bar = page.getByRole('region')
    await bar.getByRole('button', { name: words('ui_more') }).click()
    await page.getByRole('menuitem', { name: words('servers_reset'), exact: true }).click()
    const dialog = page.getByRole('alertdialog')
    const confirm = dialog.getByRole('button', { name: words('servers_reset'), exact: true })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('2')
    await expectAccessible(page)
    await confirm.click()
    const results = page.getByRole('dialog')
    await results.getByText(words('servers_bulk_failed'), { exact: true }).first().waitFor({ timeout: 60_000 })
    await expectAccessible(page)
    await shoot('servers-bulk-results')
    await product.control('DELETE', '/faults')
    await results.getByRole('button').last().click()
    await expect
      .poll(() => results.getByText(words('servers_bulk_failed'), { exact: true }).count(), { timeout: 30_000 })
      .toBe(0)
    expect(await results.getByText(words('servers_reset_doing')).count()).toBe(2)
    await page.keyboard.press('Escape')
    expect(problemsOf(device)).toEqual([])
  })

  test('what is written about a server is not lost by leaving, and stands on its record', async () => {
    const { page } = device
    const server = await serverNamed(locale === 'en' ? 'web-1' : 'web-2')
    const edit = main(device).getByRole('button', { name: words('servers_edit') })
    await visit(device, `/servers/${server.id}`)
    await edit.click()
    await page.getByLabel(words('servers_notes')).fill('Ask the storefront team first.')
    await expectAccessible(page)
    await main(device)
      .getByRole('link', { name: words('servers_metrics') })
      .click()
    await page.getByRole('alertdialog').getByText(words('servers_leave')).waitFor()
    await page.getByRole('button', { name: words('servers_leave_stay') }).click()
    await device.context.setOffline(true)
    await page.getByRole('button', { name: words('ui_save') }).click()
    await page.getByText(words('servers_draft_kept')).waitFor()
    await device.context.setOffline(false)
    await page.getByRole('button', { name: words('ui_save') }).click()
    await edit.waitFor()
    await page.getByText('Ask the storefront team first.').waitFor()
    await main(device)
      .getByRole('link', { name: words('servers_history') })
      .click()
    await page.waitForURL('**/activity?only=details')
    await page.getByText(words('audit_server_annotate')).first().waitFor()
    await expectAccessible(page)
    await shoot('server-activity')
  })

  test('measurements are drawn for every range, with a table behind each chart', async () => {
    const { page } = device
    const server = await serverNamed('db-primary')
    await visit(device, `/servers/${server.id}/metrics`)
    await page.getByRole('figure').first().waitFor()
    await page.getByRole('radio', { name: words('servers_range_7d') }).click()
    await page.waitForURL('**range=7d')
    await page.locator('figure tbody tr').first().waitFor({ state: 'attached' })
    expect(await page.getByRole('figure').count()).toBe(4)
    await expectAccessible(page)
    await shoot('server-metrics')
    await visit(device, `/servers/${server.id}/access`)
    await page.getByText(words('servers_may_power')).waitFor()
    await expectAccessible(page)
    expect(problemsOf(device)).toEqual([])
  })
})

describe('what happens elsewhere', () => {
  test('an action of somebody else shows at once, with who and how far, and is not called off before it is', async () => {
    const watcher = await browser.newDesktop({ passkeysOf: owner })
    const server = await serverNamed('worker-1')
    await visit(watcher, '/servers')
    await row(watcher, 'worker-1').waitFor()
    await product.control('POST', '/faults', { kind: 'slow_clock', factor: 3, method: 'POST', path: 'poweroff$' })
    await send(owner, 'POST', `/servers/${server.id}/actions`, { action: 'power_off', confirmName: 'worker-1' })
    await row(watcher, 'worker-1').getByText(english('servers_power_off_doing')).waitFor()
    await visit(watcher, `/servers/${server.id}`)
    await main(watcher)
      .getByText(english('servers_started_by', { by: english('servers_you') }))
      .waitFor()
    await main(watcher)
      .getByRole('button', { name: english('ui_actions_for', { name: 'worker-1' }) })
      .click()
    await watcher.page
      .getByRole('menuitem', { name: english('servers_reboot') })
      .getByText('Ada Owner')
      .waitFor()
    await watcher.page.keyboard.press('Escape')
    await main(watcher).getByText(english('servers_status_off'), { exact: true }).waitFor({ timeout: 60_000 })
    await main(watcher)
      .getByText(english('servers_off_cost').split('{')[0] ?? '')
      .waitFor()
    expect(problemsOf(watcher)).toEqual([])
    await watcher.close()
  })

  test('a server deleted at the provider while its page is open: said clearly, and its history stays', async () => {
    const device = await browser.newPhone({ passkeysOf: owner })
    const server = await serverNamed('images-1')
    await visit(device, `/servers/${server.id}`)
    await product.control('DELETE', `/projects/${product.projects[0]?.name}/servers/images-1`)
    await send(owner, 'POST', '/sync')
    await main(device)
      .getByText(english('servers_gone', { name: 'images-1' }))
      .waitFor()
    await expectAccessible(device.page)
    await device.screenshot('server-gone')
    await main(device)
      .getByRole('link', { name: english('servers_activity') })
      .click()
    await device.page.waitForURL('**/activity')
    expect(problemsOf(device)).toEqual([])
    await device.close()
  })

  test('a project that cannot be read has its own banner and remedy, and its servers are shown as last known', async () => {
    const device = await browser.newDesktop({ passkeysOf: owner })
    await visit(device, '/servers')
    await product.control('POST', '/faults', {
      kind: 'status',
      status: 503,
      method: 'GET',
      path: '^/servers',
      times: null,
    })
    await send(owner, 'POST', '/sync')
    const banner = main(device).getByRole('alert')
    await banner.getByText(english('accounts_state_outage')).waitFor()
    await row(device, 'web-3')
      .getByText(english('servers_status_last', { status: english('servers_status_running') }))
      .waitFor()
    await expectAccessible(device.page)
    await device.screenshot('servers-outage')
    await product.control('DELETE', '/faults')
    await banner.getByRole('button', { name: english('servers_read_again') }).click()
    await banner.waitFor({ state: 'detached', timeout: 30_000 })
    await row(device, 'web-3').getByText(english('servers_status_running'), { exact: true }).waitFor()
    await device.close()
  })
})

test('thousands of servers: more come as one scrolls, the palette finds any of them, j and x walk and choose', async () => {
  const project = product.projects[1]
  await product.control('POST', '/seed', { project: project?.name, servers: 1_000 })
  const device = await browser.newDesktop({ passkeysOf: owner })
  const { page } = device
  await visit(device, '/projects')
  await main(device)
    .getByRole('button', { name: english('accounts_connect') })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(english('accounts_name'), { exact: true }).fill('big')
  await dialog.getByLabel(english('accounts_token')).fill(project?.token ?? '')
  await dialog.getByRole('button', { name: english('accounts_connect'), exact: true }).click()
  await dialog.waitFor({ state: 'detached', timeout: 60_000 })
  await visit(device, '/servers')
  await main(device).getByRole('row').nth(5).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByRole('region', { name: english('ui_selected', { count: 1 }) }).waitFor()
  expect(await main(device).getByRole('row').count()).toBeLessThan(80)
  const last = async () => Number(await main(device).getByRole('row').last().getAttribute('aria-rowindex'))
  const scroll = () => page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect.poll(() => scroll().then(last), { timeout: 60_000 }).toBeGreaterThan(499)
  await device.screenshot('servers-thousand')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('db-primary')
  await page.getByRole('option').filter({ hasText: 'db-primary' }).first().waitFor()
  await page.keyboard.press('Escape')
  expect(problemsOf(device)).toEqual([])
  await device.close()
})
