import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser } from './support/devices.ts'
import { openFleet, setUpOwner, signInByPasskey } from './support/owner.ts'
import { startProduct } from './support/product.ts'
import { wordsOf } from './support/words.ts'

const words = wordsOf('en')
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('an owner invites somebody, ends their access in an open page at once, and gives it back', async () => {
  const product = await startProduct()
  const owner = await browser.newDesktop()
  const guest = await browser.newPhone()
  try {
    await setUpOwner(owner, product, words)
    await openFleet(owner, words)
    const { page } = owner
    await page.goto(`${product.origin}/team`)
    await page.getByRole('button', { name: words('team_invite'), exact: true }).click()
    await page.getByRole('dialog').getByLabel(words('team_invite_name')).fill('Grace Guest')
    await page.getByRole('dialog').getByLabel(words('team_invite_email')).fill('grace@example.com')
    await page.getByRole('button', { name: words('team_invite_create') }).click()
    const link = await page.getByText('/invite#token=').innerText()
    await owner.screenshot('team-link')
    await page.getByRole('button', { name: words('team_done') }).click()

    await guest.page.goto(link)
    await guest.page.getByText('grace@example.com').waitFor()
    expect(guest.page.url()).not.toContain('token=')
    await expectAccessible(guest.page)
    await guest.screenshot('team-join')
    await guest.page.getByRole('button', { name: words('setup_create_passkey') }).click()
    await guest.page.getByText(words('auth_codes_kept')).click()
    const connected = guest.page.waitForEvent('websocket')
    await guest.page.getByRole('button', { name: words('setup_continue') }).click()
    await guest.page.waitForURL('**/servers**')
    await connected

    await page.getByRole('link', { name: 'Grace Guest' }).click()
    await page.getByText(words('team_permissions_hint')).waitFor()
    await expectAccessible(page)
    await owner.screenshot('team-person')
    const dialog = page.getByRole('alertdialog')
    await guest.authenticator.setPresent(false)
    await page.getByRole('button', { name: words('team_sessions_end') }).click()
    await dialog.getByRole('button', { name: words('team_sessions_end') }).click()
    await guest.page.waitForURL('**/sign-in**')
    await page.getByText(words('team_sessions_none')).waitFor()
    await guest.authenticator.setPresent(true)
    await signInByPasskey(guest, product)
    await page.getByText(words('team_sessions_none')).waitFor({ state: 'detached' })

    await page.getByRole('button', { name: words('team_suspend'), exact: true }).click()
    await dialog.getByLabel(words('team_reason')).fill('Phone lost')
    await dialog.getByRole('button', { name: words('team_suspend'), exact: true }).click()
    await guest.page.waitForURL('**/sign-in**')
    await page.getByText(words('team_receipt_title', { name: 'Grace Guest' })).waitFor()
    await owner.screenshot('team-receipt')
    await page.getByRole('button', { name: words('team_done') }).click()
    await page.getByText('Phone lost').waitFor()

    await page.getByRole('button', { name: words('team_reactivate'), exact: true }).click()
    await dialog.getByRole('button', { name: words('team_reactivate'), exact: true }).click()
    await page.getByRole('button', { name: words('team_suspend'), exact: true }).waitFor()
    await page.goto(`${product.origin}/activity`)
    await page.getByText(words('audit_user_suspend')).first().waitFor()
    await page.getByText(words('audit_user_reactivate')).first().waitFor()
    await page.goto(`${product.origin}/team`)
    await page.getByRole('link', { name: 'Grace Guest' }).waitFor()
    await expectAccessible(page)
    await owner.screenshot('team-list')
    expect(owner.problems).toEqual([])
  } catch (error) {
    await owner.screenshot('team-failed-owner')
    await guest.screenshot('team-failed-guest')
    throw error
  } finally {
    await owner.close()
    await guest.close()
    await product.stop()
  }
})
