import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageResponse } from 'next/og';
import { DAY_MS } from '@/lib/calendar/days';
import { cardTitleSize } from '@/lib/site/card-text';

const SIZE = { width: 1200, height: 630 };
const FONTS = 'node_modules/@fontsource';
const MAX_AGE_SECONDS = DAY_MS / 1000;

async function fonts() {
  const [serif, sans] = await Promise.all([
    readFile(join(process.cwd(), FONTS, 'newsreader/files/newsreader-latin-600-normal.woff')),
    readFile(join(process.cwd(), FONTS, 'public-sans/files/public-sans-latin-400-normal.woff')),
  ]);
  return [
    { name: 'serif', data: serif },
    { name: 'sans', data: sans },
  ];
}

let loaded: ReturnType<typeof fonts> | undefined;

/**
 * A page of the site as a picture for link previews. The styles stand inline because this is drawn,
 * not sent; the colours are those of the light theme.
 */
export async function card({ title, line, foot }: { title: string; line: string; foot: string }) {
  loaded ??= fonts();
  const rule = { borderTop: '3px solid #1b1a17', borderBottom: '1px solid #1b1a17', height: 7 };
  return new ImageResponse(
    <div
      style={{
        width: '100%',
        height: '100%',
        padding: '52px 64px',
        display: 'flex',
        flexDirection: 'column',
        background: '#fdfcf9',
        color: '#1b1a17',
      }}
    >
      <div style={{ fontFamily: 'serif', fontSize: 40, marginBottom: 14 }}>Broadsheet</div>
      <div style={rule} />
      <div
        style={{
          flexGrow: 1,
          display: 'flex',
          alignItems: 'center',
          fontFamily: 'serif',
          fontSize: cardTitleSize(title),
          lineHeight: 1.15,
        }}
      >
        {title}
      </div>
      <div style={{ fontFamily: 'sans', fontSize: 30, color: '#5c5950' }}>{line}</div>
      <div style={{ fontFamily: 'sans', fontSize: 30, color: '#9a1b22', marginTop: 10 }}>
        {foot}
      </div>
    </div>,
    {
      ...SIZE,
      fonts: await loaded,
      headers: { 'cache-control': `public, max-age=${MAX_AGE_SECONDS}` },
    },
  );
}
