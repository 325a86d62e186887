from gongjiang.filing import urls_applicant, urls_life, urls_officer

urlpatterns = [*urls_applicant.urlpatterns, *urls_officer.urlpatterns, *urls_life.urlpatterns]
