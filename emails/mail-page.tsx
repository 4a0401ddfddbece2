import { Body } from '@react-email/body';
import { Head } from '@react-email/head';
import { Html } from '@react-email/html';
import type { ReactNode } from 'react';
import { DARK_CSS, PAGE } from './look';

/** Keeps programs from showing the first words of the mail behind a short preheader. */
const FILL = '\u034f\u200c\u00a0'.repeat(60);

interface MailPageProps {
  title: string;
  preheader: string;
  children: ReactNode;
}

/** The page of every mail: one column of at most 600 pixels, without a picture. */
export function MailPage({ title, preheader, children }: MailPageProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no" />
        <title>{title}</title>
        <style>{DARK_CSS}</style>
      </Head>
      <Body className="pg" style={{ margin: 0, padding: 0, background: PAGE }}>
        <div style={{ display: 'none', maxHeight: 0, overflow: 'hidden' }}>
          {preheader}
          {FILL}
        </div>
        <table
          role="presentation"
          className="pg"
          width="100%"
          cellPadding={0}
          cellSpacing={0}
          border={0}
          style={{ background: PAGE }}
        >
          <tbody>
            <tr>
              <td align="center" style={{ padding: '0 16px' }}>
                <table
                  role="presentation"
                  width="600"
                  cellPadding={0}
                  cellSpacing={0}
                  border={0}
                  style={{ width: '100%', maxWidth: 600, textAlign: 'left' }}
                >
                  <tbody>
                    <tr>
                      <td>{children}</td>
                    </tr>
                  </tbody>
                </table>
              </td>
            </tr>
          </tbody>
        </table>
      </Body>
    </Html>
  );
}
