import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { CurrentNav } from '@/app/current-nav';
import { fontClasses } from '@/app/fonts';
import { Footer } from '@/components/site/Footer';
import { Header } from '@/components/site/Header';
import { Keyboard } from '@/components/site/Keyboard';
import { Marks } from '@/components/site/Marks';
import { Menus } from '@/components/site/Menus';
import { APPEARANCE_SCRIPT } from '@/lib/site/appearance';
import { FRONT_FEED } from '@/lib/syndication/formats';
import '@/app/globals.css';

export const metadata: Metadata = {
  title: { default: 'Broadsheet: trending research papers', template: '%s · Broadsheet' },
  description: 'Trending research papers, by tag, with reasons, and in your email inbox.',
  alternates: { types: FRONT_FEED },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfcf9' },
    { media: '(prefers-color-scheme: dark)', color: '#161513' },
  ],
};

export default function RootLayout({ children, find }: { children: ReactNode; find: ReactNode }) {
  return (
    // The script below changes attributes of <html> before React sees it.
    <html lang="en" className={fontClasses} suppressHydrationWarning>
      <head>
        {/*
         * No paint of half a page: what stands below would move as the rest arrives. It costs
         * nothing, since the stylesheet is asked for later than the page's last byte is sent.
         */}
        <link rel="expect" href="#site-foot" blocking="render" />
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title="Broadsheet"
          href="/opensearch.xml"
        />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, hashed in the CSP */}
        <script dangerouslySetInnerHTML={{ __html: APPEARANCE_SCRIPT }} />
      </head>
      <body>
        <Header nav={<CurrentNav />} find={find} />
        <main id="content" className="wrap" tabIndex={-1}>
          {children}
        </main>
        <Footer />
        <Keyboard />
        <Menus />
        <Marks />
      </body>
    </html>
  );
}
