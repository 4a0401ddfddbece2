import type { MetadataRoute } from 'next';

/** What a phone needs to put the site on its home screen. */
export default function manifest(): MetadataRoute.Manifest {
  const icon = (size: number, purpose: 'any' | 'maskable') => ({
    src: `/icon-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    id: '/',
    name: 'Broadsheet: trending research papers',
    short_name: 'Broadsheet',
    description: 'Trending research papers, by tag, with reasons, and in your email inbox.',
    start_url: '/',
    display: 'minimal-ui',
    background_color: '#fdfcf9',
    theme_color: '#fdfcf9',
    // The drawing stands within the middle four fifths, so one file does for both.
    icons: [192, 512].flatMap((size) => [icon(size, 'any'), icon(size, 'maskable')]),
    shortcuts: [
      { name: 'New papers', url: '/new' },
      { name: 'Search', url: '/search' },
    ],
  };
}
