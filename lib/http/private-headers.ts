/** Of what a secret address opens: in no shared cache, in no search engine, and told to no other site. */
export const PRIVATE = {
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
};
