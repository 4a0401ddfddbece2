import localFont from 'next/font/local';

/*
 * `optional` and not `swap`: a face that comes late is left for the next page, so text never moves.
 * The two preloaded files are 85 KB together; the third loads only where a name needs it. The constants'
 * names become the families': one called `serif` would stand for the browser's own serif once the file
 * is late, and the text would move after all.
 */

const newsreader = localFont({
  src: '../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  weight: '200 800',
  style: 'normal',
  display: 'optional',
  variable: '--face-serif',
  adjustFontFallback: 'Times New Roman',
});

const publicSans = localFont({
  src: '../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2',
  weight: '100 900',
  style: 'normal',
  display: 'optional',
  variable: '--face-sans',
  adjustFontFallback: 'Arial',
});

/** Letters such as ł, š and ğ in authors' names. */
const publicSansExtended = localFont({
  src: '../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-ext-wght-normal.woff2',
  weight: '100 900',
  style: 'normal',
  display: 'optional',
  preload: false,
  variable: '--face-sans-extended',
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF',
    },
  ],
});

/** Class names that define the faces' custom properties; they stand on `<html>`. */
export const fontClasses = `${newsreader.variable} ${publicSans.variable} ${publicSansExtended.variable}`;
