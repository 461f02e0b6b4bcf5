import type { Device } from './devices.ts'
import type { Product } from './product.ts'
import type { Words } from './words.ts'

/** Set-up link → name and email → passkey → recovery codes kept. Ends where the first project is asked for. */
export async function claimInstance(device: Device, product: Product, words: Words): Promise<string[]> {
  const { page } = device
  await page.goto(product.setUpLink)
  await page.getByLabel(words('setup_name')).fill('Ada Owner')
  await page.getByLabel(words('setup_email')).fill('ada@example.com')
  await page.getByRole('button', { name: words('setup_create_passkey') }).click()
  await page.getByText(words('auth_codes_title')).waitFor()
  const codes = await page.getByRole('listitem').allInnerTexts()
  await page.getByText(words('auth_codes_kept')).click()
  await page.getByRole('button', { name: words('setup_continue') }).click()
  await page.getByText(words('setup_project_title')).waitFor()
  return codes
}

/** Fills the form that connects a project, on whichever page shows it. */
export async function connectProject(device: Device, words: Words, name: string, token: string): Promise<void> {
  const { page } = device
  await page.getByLabel(words('accounts_name'), { exact: true }).fill(name)
  await page.getByLabel(words('accounts_token')).fill(token)
  await page.getByRole('button', { name: words('accounts_connect'), exact: true }).click()
}

/** The whole set-up, to the first look at the first simulated project. @returns the recovery codes */
export async function setUpOwner(device: Device, product: Product, words: Words): Promise<string[]> {
  const codes = await claimInstance(device, product, words)
  const [project] = product.projects
  if (!project) throw new Error('The simulator has no project.')
  await connectProject(device, words, project.name, project.token)
  await device.page.getByText(words('setup_done_title'), { exact: true }).waitFor()
  return codes
}

/** From the end of the set-up into the dashboard. */
export async function openFleet(device: Device, words: Words): Promise<void> {
  await device.page
    .getByRole('link', { name: words('setup_open') })
    .or(device.page.getByRole('button', { name: words('setup_open') }))
    .click()
  await device.page.waitForURL('**/servers**')
}

/**
 * Signs in on a device that holds a passkey and somebody who touches it. The field's own prompt takes it without a click,
 * so a test that looked for the button as well would race with it.
 */
export async function signInByPasskey({ page }: Device, product: Product): Promise<void> {
  await page.goto(`${product.origin}/sign-in`)
  await page.waitForURL('**/servers**')
}
