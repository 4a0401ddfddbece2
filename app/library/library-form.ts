/** The library's forms, for `sessionForm`. */
export const LIBRARY = { page: '/library', name: 'library', most: 600 };
