import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/figures',
      name: 'figures',
      component: () => import('./FiguresPage.vue'),
      meta: { title: () => t('figures.title'), permission: 'figures:read' },
    },
    {
      path: '/figures/offices',
      name: 'figures-offices',
      component: () => import('./OfficesPage.vue'),
      meta: { title: () => t('figures.offices'), permission: 'figures:read' },
    },
    {
      path: '/figures/annual',
      name: 'figures-annual',
      component: () => import('./AnnualPage.vue'),
      meta: { title: () => t('figures.annual'), permission: 'figures:read' },
    },
  ],
  nav: [
    {
      route: 'figures',
      says: () => t('figures.title'),
      permission: 'figures:read',
      group: 'watch',
      order: 10,
    },
    {
      route: 'figures-offices',
      says: () => t('figures.offices'),
      permission: 'figures:read',
      group: 'watch',
      order: 11,
    },
    {
      route: 'figures-annual',
      says: () => t('figures.annual'),
      permission: 'figures:read',
      group: 'watch',
      order: 12,
    },
  ],
};
