from django.urls import path

from gongjiang.sittings import views_arrange, views_day, views_roster, views_stock

urlpatterns = [
    path("exams/", views_arrange.sitting_list, name="sitting-list"),
    path("exams/rooms/", views_stock.rooms, name="room-list"),
    path("exams/staff/", views_stock.staff, name="staff-list"),
    path("exams/templates/<slug:kind>/", views_stock.template, name="exam-template"),
    path("batches/<int:pk>/sittings/", views_arrange.schedule, name="sitting-schedule"),
    path("batches/<int:pk>/arrangement/", views_arrange.arrangement, name="arrangement"),
    path("batches/<int:pk>/arrangement/make/", views_arrange.make, name="arrangement-make"),
    path("batches/<int:pk>/arrangement/move/", views_arrange.move, name="arrangement-move"),
    path("batches/<int:pk>/arrangement/pin/", views_arrange.pin, name="arrangement-pin"),
    path("batches/<int:pk>/arrangement/lock/", views_arrange.lock, name="arrangement-lock"),
    path("batches/<int:pk>/arrangement/unlock/", views_arrange.unlock, name="arrangement-unlock"),
    path("batches/<int:pk>/arrangement/release/", views_arrange.release, name="arrangement-release"),
    path("batches/<int:pk>/papers/<slug:kind>/", views_arrange.paper, name="exam-paper"),
    path("batches/<int:pk>/roster/", views_roster.roster, name="roster"),
    path("batches/<int:pk>/roster/draw/", views_roster.draw, name="roster-draw"),
    path("batches/<int:pk>/roster/assign/", views_roster.assign, name="duty-assign"),
    path("batches/<int:pk>/roster/end/", views_roster.end, name="duty-end"),
    path("batches/<int:pk>/roster/<int:duty_pk>/replace/", views_roster.replace, name="duty-replace"),
    path("batches/<int:pk>/briefing/", views_roster.briefing, name="briefing"),
    path("batches/<int:pk>/exam-day/", views_day.exam_day, name="exam-day"),
    path("batches/<int:pk>/exam-day/start/", views_day.start, name="exam-start"),
    path("batches/<int:pk>/exam-day/end/", views_day.end, name="exam-end"),
    path("batches/<int:pk>/exam-day/check-in/", views_day.check_in, name="check-in"),
    path("batches/<int:pk>/exam-day/attendance/", views_day.attendance, name="attendance-import"),
    path("batches/<int:pk>/exam-day/<int:seat_pk>/misconduct/", views_day.misconduct, name="misconduct"),
    path("batches/<int:pk>/exam-day/<int:seat_pk>/photo/", views_day.photo, name="seat-photo"),
    path("mine/ticket/<int:pk>/", views_arrange.own_ticket, name="own-ticket"),
]
