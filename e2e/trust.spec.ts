import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveRange, nameTaskFile, run } from './steps.ts';
import { expect, test } from './window.ts';

test('a task file that was changed while it was looked at is shown again before it is allowed', async ({
  page,
  folder,
}) => {
  const file = join(folder, 'task.mjs');
  writeFileSync(file, 'export default (x) => x;\n');
  await giveRange(page, 0, 3);
  await nameTaskFile(page, file);
  const code = page.getByRole('region', { name: file });
  await expect(code).toContainText('export default');
  appendFileSync(file, '// one more line\n');
  await page.getByRole('button', { name: 'Let it run' }).click();
  await expect(page.getByText('was changed meanwhile: look at it again.')).toBeVisible();
  await expect(code).toContainText('// one more line');
  await page.getByRole('button', { name: 'Let it run' }).click();
  await run(page, 3);
});
