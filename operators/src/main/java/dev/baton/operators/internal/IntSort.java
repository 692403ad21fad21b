package dev.baton.operators.internal;

import java.util.function.IntBinaryOperator;

/** A stable merge sort of numbers by an order of what they stand for, without boxing them. */
public final class IntSort {
  private IntSort() {}

  /** The numbers from 0 to {@code count - 1} in that order. */
  public static int[] order(int count, IntBinaryOperator compare) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    sort(numbers, compare);
    return numbers;
  }

  public static void sort(int[] numbers, IntBinaryOperator compare) {
    sort(numbers.clone(), numbers, 0, numbers.length, compare);
  }

  /** Sorts a range into {@code target}; both arrays hold the same numbers there at first. */
  private static void sort(int[] source, int[] target, int from, int to, IntBinaryOperator order) {
    if (to - from < 2) {
      return;
    }
    int middle = from + to >>> 1;
    sort(target, source, from, middle, order);
    sort(target, source, middle, to, order);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          left < middle && (right >= to || order.applyAsInt(source[left], source[right]) <= 0);
      target[i] = takeLeft ? source[left++] : source[right++];
    }
  }
}
