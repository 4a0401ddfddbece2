import { DENSITIES, DENSITY_KEY } from '@/lib/site/appearance';

/** Sets an attribute of `<html>` for this page and those to come; an empty value is the default. */
export function chooseAppearance(key: string, value: string) {
  const { dataset } = document.documentElement;
  if (value) dataset[key] = value;
  else delete dataset[key];
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // Storage may be refused: the choice then lasts as long as the page.
  }
}

export function chooseDensity(density: string) {
  chooseAppearance(DENSITY_KEY, density === DENSITIES[0] ? '' : density);
}
