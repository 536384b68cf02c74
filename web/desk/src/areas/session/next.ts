import type { RouteLocationNormalizedLoaded } from 'vue-router';

// Where the person wanted to go. Only a page of the desk: what stands in an address is nobody's to choose.
export function nextOf(route: RouteLocationNormalizedLoaded): string {
  const next = String(route.query['next'] ?? '/');
  return /^\/(?!\/)/.test(next) ? next : '/';
}
