import type { Area } from '../../shell/area';
import { t } from './titles';

const permission = 'units:manage';

export const area: Area = {
  routes: [
    {
      path: '/house/rules',
      name: 'dispatch-rules',
      component: () => import('./RulesPage.vue'),
      meta: { title: () => t('rules.title'), permission },
    },
    {
      path: '/house/rules/bench',
      name: 'test-bench',
      component: () => import('./BenchPage.vue'),
      meta: { title: () => t('bench.title'), permission },
    },
    {
      path: '/house/rules/edit/:code?',
      name: 'dispatch-rule',
      component: () => import('./RulePage.vue'),
      meta: { title: () => t('rules.one'), permission },
    },
    {
      path: '/house/categories',
      name: 'categories',
      component: () => import('./CategoriesPage.vue'),
      meta: { title: () => t('categories.title'), permission },
    },
  ],
  nav: [{ route: 'dispatch-rules', says: () => t('rules.nav'), permission, group: 'house', order: 20 }],
};
