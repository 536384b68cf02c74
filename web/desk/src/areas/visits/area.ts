import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/visits',
      name: 'visits',
      component: () => import('./VisitsPage.vue'),
      meta: { title: () => t('visits.title'), permission: 'visit:read' },
    },
    {
      path: '/visits/new',
      name: 'new-visit',
      component: () => import('./PlanPage.vue'),
      meta: { title: () => t('visits.new'), permission: 'visit:plan' },
    },
    {
      path: '/visit-figures',
      name: 'visit-figures',
      component: () => import('./FiguresPage.vue'),
      meta: { title: () => t('figures.title'), permission: 'figures:read' },
    },
    {
      path: '/visits/:id',
      name: 'visit',
      component: () => import('./VisitPage.vue'),
      meta: { title: () => t('visits.one'), permission: 'visit:read' },
    },
    {
      path: '/visits/:id/poster',
      name: 'visit-poster',
      component: () => import('./PosterPage.vue'),
      meta: { title: () => t('visits.poster'), permission: 'visit:read' },
    },
  ],
  nav: [
    { route: 'visits', says: () => t('visits.title'), permission: 'visit:read', group: 'beyond', order: 30 },
    {
      route: 'visit-figures',
      says: () => t('figures.title'),
      permission: 'figures:read',
      group: 'watch',
      order: 24,
    },
  ],
};
