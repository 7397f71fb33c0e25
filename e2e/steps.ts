import { expect, type Locator, type Page } from '@playwright/test';

/* What a person does in the window, step by step, in the words that the window shows. */

export const main = (page: Page): Locator => page.getByRole('main');

export async function openNewBatch(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^New batch/ }).click();
  await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();
}

/** Chooses one of a row of choices, whose boxes themselves are hidden under their words. */
export async function choose(page: Page, group: string, choice: string): Promise<void> {
  await page.getByRole('group', { name: group }).getByText(choice, { exact: true }).click();
}

export async function chooseBuiltin(page: Page, name: string): Promise<void> {
  await choose(page, 'Do this', 'Built-in');
  const choice = page.getByRole('radio', { name: new RegExp(`^${name} `) });
  // By key: what was dropped just before may still be moving what lies under the pointer.
  await choice.press('Space');
  await expect(choice).toBeChecked();
}

export async function nameTaskFile(page: Page, file: string): Promise<void> {
  await choose(page, 'Do this', 'Task file');
  await page.getByRole('textbox', { name: 'Task file' }).fill(file);
}

/** Names a task file that has not run before, and lets it run. */
export async function chooseTaskFile(page: Page, file: string): Promise<void> {
  await nameTaskFile(page, file);
  await page.getByRole('button', { name: 'Let it run' }).click();
}

export async function giveRange(page: Page, from: number, to: number): Promise<void> {
  await choose(page, 'These inputs', 'Range');
  const inputs = page.getByRole('region', { name: 'These inputs' });
  await inputs.getByLabel('From').fill(String(from));
  await inputs.getByLabel('to', { exact: true }).fill(String(to));
}

/** The button that starts the batch, which says how many tasks it will start. */
export const runButton = (page: Page): Locator =>
  main(page)
    .getByRole('button', { name: /^Run( |$)/ })
    .last();

/** Starts `count` tasks and waits for the board of their batch. */
export async function run(page: Page, count: number): Promise<void> {
  const words = count === 1 ? 'Run 1 task' : `Run ${count.toLocaleString('en-US')} tasks`;
  await page.getByRole('button', { name: words }).click();
  await expect(page.getByRole('tab', { name: /^Tasks/ })).toBeVisible();
}

/** The state of the batch that is shown, as its head says it. */
export async function expectState(page: Page, state: string, timeout = 30_000): Promise<void> {
  // Not by the word alone: a task may be canceled before its batch is.
  await expect(main(page).locator('.batch-state').first()).toHaveText(state, { timeout });
}

export const filter = (page: Page, state: string): Locator =>
  page
    .getByRole('group', { name: 'Filter by state' })
    .getByRole('button', { name: new RegExp(`^${state} `) });

/** The number beside a filter. */
export async function count(page: Page, state: string): Promise<number> {
  const text = (await filter(page, state).textContent())!;
  return Number(/([\d,]+)\s*$/.exec(text)![1]!.replaceAll(',', ''));
}

/** Rows of tasks that are on screen now. */
export const rows = (page: Page): Locator =>
  page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });

/** The row of one task, by its number in the batch. */
export const rowOf = (page: Page, index: number): Locator =>
  page.getByRole('grid').locator(`[role=row][data-index="${index}"]`);

export const panel = (page: Page): Locator => page.getByRole('complementary', { name: /^Task / });

/** Chooses from the export menu: `All` tasks, or what the filter shows. */
export async function chooseExport(page: Page, what: RegExp, format: string): Promise<void> {
  await main(page).getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`${what.source}.* as ${format}$`) }).click();
}

/** Opens the options of "New batch", which are folded to a line at first. */
export async function openOptions(page: Page, more = false): Promise<Locator> {
  const options = page.getByRole('region', { name: 'Like this' });
  await options.getByRole('button', { name: / · / }).click();
  if (more) await options.getByRole('button', { name: 'More options' }).click();
  return options;
}

/** The link of a past or running batch in the sidebar. */
export const batchLink = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Batches' }).getByRole('link', { name });

/** A button of the batch that is shown. */
export const action = (page: Page, name: string | RegExp): Locator =>
  main(page).getByRole('button', { name, exact: typeof name === 'string' });
