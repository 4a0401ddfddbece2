/** Once in each web process, before it answers. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ getDb }, { watchCatalogueVersion }] = await Promise.all([
    import('@/lib/db/client'),
    import('@/lib/feed/catalogue-version'),
  ]);
  await watchCatalogueVersion(getDb());
}
