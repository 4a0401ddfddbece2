/** What a reader may choose about the look, and the script that applies it before the first paint. */

export const THEMES = ['system', 'light', 'dark'] as const;

export const DENSITIES = ['comfortable', 'compact', 'titles'] as const;

/** Keys of localStorage. */
export const THEME_KEY = 'theme';
export const DENSITY_KEY = 'density';

/**
 * Runs inline in `<head>`, so that a chosen theme never flashes. It is constant: its hash stands in
 * the content security policy of every page, so it needs no nonce.
 */
export const APPEARANCE_SCRIPT =
  `try{var d=document.documentElement.dataset,t=localStorage.${THEME_KEY},n=localStorage.${DENSITY_KEY};` +
  `if(t==='light'||t==='dark')d.theme=t;if(n==='compact'||n==='titles')d.density=n}catch(e){}`;
