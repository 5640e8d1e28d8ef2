"""The act of answering: pages that keep nothing until they are sent."""
