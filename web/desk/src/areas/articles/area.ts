import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/articles',
      name: 'articles',
      component: () => import('./ArticlesPage.vue'),
      meta: { title: () => t('articles.title'), permission: 'article:read' },
    },
    {
      path: '/articles/new',
      name: 'new-article',
      component: () => import('./EditArticlePage.vue'),
      meta: { title: () => t('edit.new_title'), permission: 'article:write' },
    },
    {
      path: '/articles/:id',
      name: 'article',
      component: () => import('./ArticlePage.vue'),
      meta: { title: () => t('article.title'), permission: 'article:read' },
    },
    {
      path: '/articles/:id/edit',
      name: 'edit-article',
      component: () => import('./EditArticlePage.vue'),
      meta: { title: () => t('edit.title'), permission: 'article:write' },
    },
  ],
  nav: [
    {
      route: 'articles',
      says: () => t('articles.title'),
      permission: 'article:read',
      group: 'intake',
      order: 30,
    },
  ],
};
