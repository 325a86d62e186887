from gongjiang.evaluation import urls_panel, urls_pool

urlpatterns = [*urls_pool.urlpatterns, *urls_panel.urlpatterns]
