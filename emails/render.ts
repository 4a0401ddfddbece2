import { render } from '@react-email/render';
import type { ReactElement } from 'react';

/** A template as HTML, without comments: they are marks of the renderer that no reader needs. */
export async function renderHtml(element: ReactElement): Promise<string> {
  const html = await render(element);
  return html.replace(/<!--.*?-->/g, '');
}
