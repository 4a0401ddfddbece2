/** How mails look: the site's colours and faces, said inline, since some programs drop style elements. */

const INK = '#1b1a17';
const MUTED = '#5c5950';
const ACCENT = '#9a1b22';
export const PAGE = '#fdfcf9';
export const RULE = '#dcd8ce';
export const WASH = '#f4f1e9';

const SERIF = 'Georgia,serif';
const SANS = '-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

export const serif = (size: number, line: number) => `${size}px/${line}px ${SERIF}`;
export const sans = (size: number, line: number) => `${size}px/${line}px ${SANS}`;

export const ink = { color: INK };
export const muted = { color: MUTED };
export const accent = { color: ACCENT };
export const button = {
  display: 'inline-block',
  padding: '12px 20px',
  background: ACCENT,
  color: '#ffffff',
  textDecoration: 'none',
};
/** A small link keeps a target of 24 pixels. */
export const smallLink = { color: ACCENT, textDecoration: 'none', padding: '4px 0' };
export const quietLink = { color: MUTED, textDecoration: 'none', padding: '4px 0' };
export const titleLink = { color: INK, textDecoration: 'none', padding: '2px 0' };

/** What inline styles cannot say: the dark colours, by class. */
export const DARK_CSS = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
a:hover{text-decoration:underline!important}
@media (prefers-color-scheme:dark){
.pg{background:#161513!important}.in{color:#ebe8e1!important}.mu{color:#aaa59a!important}
.ac{color:#ff9d91!important}.ru{border-color:#36332d!important}.wa{background:#25221e!important}
.dr{border-color:#ebe8e1!important}.bu{background:#ff9d91!important;color:#1d0c0a!important}
}`;
