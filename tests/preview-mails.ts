import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { sampleMails } from './sample-mails';

/** `npm run emails`: writes every mail with sample words as HTML and text, again at each change. */

const FOLDER = fileURLToPath(new URL('.tmp/mails/', import.meta.url));

await mkdir(FOLDER, { recursive: true });
for (const [name, { body }] of Object.entries(await sampleMails())) {
  const mail = `Content-Type: ${body.contentType}\r\n\r\n${body.body}`;
  const { html = '', text = '' } = await PostalMime.parse(mail);
  await writeFile(`${FOLDER}${name}.html`, html);
  await writeFile(`${FOLDER}${name}.txt`, text);
  console.log(`${FOLDER}${name}.html and .txt`);
}
