package dev.baton.operators.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalendarTest {
  @Test
  void agreesWithJavaTimeOnEveryDayOfEightCenturies() {
    for (int day = -146_097; day <= 146_097; day++) {
      check(day);
    }
  }

  @Test
  void agreesWithJavaTimeOnEveryIntOfDays() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      check(random.nextInt());
    }
    for (int i = 0; i < 10; i++) {
      check(Integer.MIN_VALUE + 4 + i);
      check(Integer.MAX_VALUE - 4 - i);
    }
  }

  @Test
  void knowsWhichDatesThereAre() {
    for (int year = 0; year <= 2100; year++) {
      for (int month = 0; month <= 13; month++) {
        for (int day = 0; day <= 32; day++) {
          boolean expected =
              month >= 1
                  && month <= 12
                  && day >= 1
                  && day <= YearMonth.of(year, month).lengthOfMonth();
          assertEquals(expected, Calendar.isDate(year, month, day));
        }
      }
    }
  }

  private static void check(int day) {
    LocalDate expected = LocalDate.ofEpochDay(day);
    long date = Calendar.date(day);
    assertEquals(
        day, Calendar.day(expected.getYear(), expected.getMonthValue(), expected.getDayOfMonth()));
    assertEquals(expected.getYear(), Calendar.year(date));
    assertEquals(expected.getMonthValue(), Calendar.month(date));
    assertEquals(expected.getDayOfMonth(), Calendar.dayOfMonth(date));
    assertEquals(expected.getDayOfYear(), Calendar.dayOfYear(date));
    assertEquals(expected.getDayOfWeek().getValue(), Calendar.dayOfWeek(day));
    assertEquals(
        expected.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), Calendar.week(day), expected.toString());
  }
}
