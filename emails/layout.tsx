import { Body } from '@react-email/body';
import { Head } from '@react-email/head';
import { Html } from '@react-email/html';
import type { ReactNode } from 'react';

/**
 * One column that reads well unstyled, too: mail programs drop what they like. Colours are those of
 * the site; the style element carries what inline styles cannot say (dark mode, narrow screens) and
 * keeps the repeated parts short.
 */
const CSS = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;background:#fdfcf9;color:#1b1a17;font:16px/1.5 Georgia,'Times New Roman',serif}
a{color:#9a1b22}
.page{width:100%;max-width:600px;margin:0 auto}
.pad{padding:24px 20px;text-align:left}
.brand{margin:0 0 24px;font-weight:bold;letter-spacing:.02em}
.brand a,h3 a{color:#1b1a17;text-decoration:none}
h1{margin:0 0 8px;font-size:26px;line-height:1.2}
h2{margin:32px 0 4px;padding-top:12px;border-top:1px solid #dcd8ce;font-size:20px;line-height:1.3}
h3{margin:24px 0 4px;font-size:18px;line-height:1.3}
p{margin:0 0 8px}
.small{font:13px/1.5 Helvetica,Arial,sans-serif;color:#5c5950}
.foot{margin-top:32px;padding-top:12px;border-top:1px solid #dcd8ce}
.button a{display:inline-block;padding:12px 20px;background:#9a1b22;color:#ffffff;text-decoration:none;font-weight:bold}
.pre{display:none;max-height:0;overflow:hidden}
@media (prefers-color-scheme:dark){
body{background:#161513;color:#ebe8e1}
a{color:#ff9d91}
.brand a,h3 a{color:#ebe8e1}
h2,.foot{border-color:#36332d}
.small{color:#aaa59a}
.button a{background:#ff9d91;color:#1d0c0a}
}`;

interface LayoutProps {
  title: string;
  preheader: string;
  siteUrl: string;
  children: ReactNode;
}

export function MailHead({ title, css }: { title: string; css: string }) {
  return (
    <Head>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no,date=no,address=no" />
      <title>{title}</title>
      <style>{css}</style>
    </Head>
  );
}

/** The page of the short mails. */
export function Layout({ title, preheader, siteUrl, children }: LayoutProps) {
  return (
    <Html lang="en" dir="ltr">
      <MailHead title={title} css={CSS} />
      <Body>
        <div className="pre" style={{ display: 'none' }}>
          {preheader}
        </div>
        <table role="presentation" className="page" align="center" cellPadding={0} cellSpacing={0}>
          <tbody>
            <tr>
              <td className="pad">
                <p className="brand">
                  <a href={siteUrl}>Broadsheet</a>
                </p>
                {children}
              </td>
            </tr>
          </tbody>
        </table>
      </Body>
    </Html>
  );
}
