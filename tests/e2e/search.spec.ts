import { expect, test } from './fixtures';

test.describe('completions', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.getByRole('combobox').pressSequentially('language mod');
    await expect(page.getByRole('option').first()).toBeVisible();
  });

  test('a screen reader is told of the list and of the option that is active', async ({ page }) => {
    const field = page.getByRole('combobox');
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    const list = page.getByRole('listbox', { name: 'Completions' });
    await expect(field).toHaveAttribute('aria-controls', (await list.getAttribute('id'))!);
    await expect(page.getByText(/\d+ completions, use the arrow keys/)).toHaveRole('status');
    await expect(field).not.toHaveAttribute('aria-activedescendant');
    await field.press('ArrowDown');
    const first = page.getByRole('option').first();
    await expect(first).toHaveAttribute('aria-selected', 'true');
    await expect(field).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id'))!);
    await expect(field).toBeFocused();
  });

  test('arrow keys run round through the field, Enter opens the active one', async ({ page }) => {
    const field = page.getByRole('combobox');
    const options = page.getByRole('option');
    await field.press('ArrowUp');
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await field.press('ArrowDown');
    await expect(page.getByRole('option', { selected: true })).toHaveCount(0);
    await field.press('ArrowDown');
    const path = await options.first().getAttribute('href');
    await field.press('Enter');
    await page.waitForURL(`**${path}`);
  });

  test('Escape closes the list and leaves what was typed; Enter then searches', async ({
    page,
  }) => {
    const field = page.getByRole('combobox');
    await field.press('Escape');
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    await expect(field).toHaveValue('language mod');
    await field.press('Enter');
    await page.waitForURL('**/search?q=language+mod');
  });
});
