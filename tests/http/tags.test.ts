import { expect, inject, test } from 'vitest';
import { TAGS } from '@/lib/tags/taxonomy';

const page = async (path: string) => (await fetch(`${inject('server').url}${path}`)).text();

test('/tags lists every tag with its definition and its papers', async () => {
  const html = await page('/tags');
  expect(html).toContain('href="/tags/continual-pre-training"');
  expect(html).toContain('Low-rank adaptation and its direct variants.');
  expect(new Set(html.match(/href="\/tags\/[a-z-]+"/g)).size).toBe(TAGS.length);
});

test('a tag page defines the tag and leads to its neighbours, its feed and its mail', async () => {
  const html = await page('/tags/peft/all');
  expect(html).toContain('Parameter-efficient fine-tuning: adapters, LoRA and its kin');
  expect(html).toContain('href="/tags/fine-tuning"');
  expect(html).toContain('href="/tags/lora"');
  // The subscribe box starts with the tag.
  expect(html).toMatch(/<input type="hidden" name="tags" value="peft"/);
  expect(html).toContain('href="/feeds/atom/tags/peft"');
});

test('two tags together have no definition above their papers', async () => {
  expect(await page('/tags/fine-tuning+peft/all')).not.toContain('About the tag');
});

test('a paper page shows the words that each tag stands on, without a script', async () => {
  const { papers } = await (
    await fetch(`${inject('server').url}/api/v1/papers?window=all&tag=lora&limit=1`)
  ).json();
  const html = await page(`/papers/${papers[0].id}`);
  expect(html).toContain('<details>');
  expect(html).toContain('in the title');
});
