import type { Area } from '../../shell/area';
import { t } from './titles';

const permission = 'units:manage';

export const area: Area = {
  routes: [
    {
      path: '/house/units',
      name: 'units',
      component: () => import('./UnitsPage.vue'),
      meta: { title: () => t('units.title'), permission },
    },
    {
      path: '/house/units/new',
      name: 'new-unit',
      component: () => import('./UnitPage.vue'),
      meta: { title: () => t('units.new'), permission },
    },
    {
      path: '/house/units/:id',
      name: 'unit',
      component: () => import('./UnitPage.vue'),
      meta: { title: () => t('units.one'), permission },
    },
    {
      path: '/house/duties',
      name: 'duties',
      component: () => import('./DutiesPage.vue'),
      meta: { title: () => t('duties.title'), permission },
    },
  ],
  nav: [{ route: 'units', says: () => t('units.nav'), permission, group: 'house', order: 10 }],
};
