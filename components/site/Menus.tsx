'use client';

import { useEffect } from 'react';
import { chooseDensity } from '@/components/site/appearance-choice';

const MENU = 'details.menu[open], details.more[open]';

/**
 * What menus and rows do beyond their links: an open menu closes with Escape or a click beside it, the
 * density that is chosen stays, and sharing opens the system's own dialog.
 */
export function Menus() {
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const target = event.target as Element;
      for (const menu of document.querySelectorAll<HTMLDetailsElement>(MENU)) {
        if (!menu.contains(target)) menu.open = false;
      }
      const choice = target.closest<HTMLElement>('[data-density-choice]');
      if (choice) {
        event.preventDefault();
        chooseDensity(choice.dataset.densityChoice!);
        choice.closest('details')!.open = false;
      }
      const link = target.closest<HTMLAnchorElement>('[data-share]');
      if (link) {
        event.preventDefault();
        void share(link);
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      for (const menu of document.querySelectorAll<HTMLDetailsElement>(MENU)) {
        menu.open = false;
        if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
      }
    };
    document.addEventListener('click', onClick);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('click', onClick);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return null;
}

/** By the system where it can, else the address is copied; else the link is followed. */
async function share(link: HTMLAnchorElement) {
  try {
    if (navigator.share) return await navigator.share({ url: link.href });
    await navigator.clipboard.writeText(link.href);
    link.textContent = 'Link copied';
  } catch (error) {
    if ((error as Error).name !== 'AbortError') location.assign(link.href);
  }
}
