import { problem } from '@/lib/http/problem';

/** Where the API has nothing: said in its own way, not as a page. */
function nothing() {
  return problem(404, 'No such address', 'See /about/api for what the API has.');
}

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };
