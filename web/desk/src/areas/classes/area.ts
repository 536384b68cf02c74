import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/classes',
      name: 'classes',
      component: () => import('./ClassesPage.vue'),
      meta: { title: () => t('classes.title'), permission: 'class:read' },
    },
    {
      path: '/classes/hot',
      name: 'hot-classes',
      component: () => import('./HotPage.vue'),
      meta: { title: () => t('classes.hot'), permission: 'class:read' },
    },
    {
      path: '/classes/new',
      name: 'new-class',
      component: () => import('./ProposePage.vue'),
      meta: { title: () => t('classes.new'), permission: 'class:propose' },
    },
    {
      path: '/classes/:id',
      name: 'class',
      component: () => import('./ClassPage.vue'),
      meta: { title: () => t('classes.one'), permission: 'class:read' },
    },
    {
      path: '/lessons',
      name: 'lessons',
      component: () => import('./LessonsPage.vue'),
      meta: { title: () => t('classes.lessons'), permission: 'figures:read' },
    },
  ],
  nav: [
    {
      route: 'classes',
      says: () => t('classes.title'),
      permission: 'class:read',
      group: 'beyond',
      order: 20,
    },
    {
      route: 'hot-classes',
      says: () => t('classes.hot'),
      permission: 'class:read',
      group: 'watch',
      order: 5,
    },
    {
      route: 'lessons',
      says: () => t('classes.lessons'),
      permission: 'figures:read',
      group: 'watch',
      order: 20,
    },
  ],
};
