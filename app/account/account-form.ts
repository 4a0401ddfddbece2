/** The account page's forms, for `sessionForm`. */
export const ACCOUNT = { page: '/account', name: 'account', most: 60, saysOften: true };
