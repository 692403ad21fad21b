package dev.baton.operators.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
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

  private static void check(int day) {
    LocalDate expected = LocalDate.ofEpochDay(day);
    long date = Calendar.date(day);
    assertEquals(expected.getYear(), Calendar.year(date));
    assertEquals(expected.getMonthValue(), Calendar.month(date));
    assertEquals(expected.getDayOfMonth(), Calendar.dayOfMonth(date));
    assertEquals(expected.getDayOfYear(), Calendar.dayOfYear(date));
    assertEquals(expected.getDayOfWeek().getValue(), Calendar.dayOfWeek(day));
    assertEquals(
        expected.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), Calendar.week(day), expected.toString());
  }
}
