"""What is made of the program for packages: files that shells and `man` read, and the list of licences."""
