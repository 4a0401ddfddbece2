import { HtmlValidate } from 'html-validate';
import { expect, inject, test } from 'vitest';

/** What React's serialiser decides, and rules of taste, are off: everything else must hold. */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'void-style': 'off',
    'attr-case': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // React's generated ids begin with an underscore, which HTML allows.
    'valid-id': 'off',
    // Checkboxes of one group share their name.
    'form-dup-name': 'off',
    // The search box completes what is typed, which no native element does as well.
    'prefer-native-element': ['error', { exclude: ['combobox', 'listbox', 'option'] }],
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'long-title': 'off',
  },
});

test.each([
  '/',
  '/?density=compact',
  '/all',
  '/tags',
  '/tags/peft',
  '/tags/fine-tuning+peft/all',
  '/papers/1',
  '/search',
  '/search?q=language+model',
  '/search?q=%22no+such+words%22+tag%3Apeft',
  '/about',
  '/about/api',
  '/about/privacy',
  '/about/ranking',
  '/digests',
  '/status',
  '/subscribe',
  '/feedback',
  '/unsubscribe',
  '/preferences',
  '/no-such-page',
])('%s is valid HTML', async (path) => {
  const answer = await fetch(`${inject('server').url}${path}`);
  const report = await validator.validateString(await answer.text());
  const faults = report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector}`),
  );
  expect(faults).toEqual([]);
});
