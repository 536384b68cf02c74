// An area of the desk: what a folder below src/areas/ brings. Everything that is big is loaded when it is first opened.
import type { Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';

// The parts of the menu, from above: what waits case by case; taking down what people say; what is more than one case
// (promises, visits, classes); looking at the whole; running the house.
export const groups = ['work', 'intake', 'beyond', 'watch', 'house'] as const;
export type Group = (typeof groups)[number];

export interface NavEntry {
  route: string; // the name of the route
  says: () => string;
  permission: string; // who does not have it does not see the entry
  group: Group;
  order: number; // within the group
  first?: boolean; // whoever has this page begins the day with it, wherever it stands in the menu
  parts?: Component; // several links instead of one, with how much waits behind each
}

export interface Shortcut {
  keys: string; // "?", or two keys with a blank between them
  says: () => string; // what the help says it does
  act: () => void;
}

export interface Area {
  // Titles: meta.title gives the words for the title of the window; meta.permission is what the page needs
  // ("session:own" unless named; "public" before anybody is signed in).
  routes: RouteRecordRaw[];
  nav?: NavEntry[];
}

declare module 'vue-router' {
  interface RouteMeta {
    title?: () => string;
    permission?: string;
    opensHere?: () => Promise<boolean>; // a door of the device itself stands in for the session
  }
}

const found = import.meta.glob<{ area: Area }>('../areas/*/area.ts', { eager: true });
export const areas: Area[] = Object.values(found).map((module) => module.area);
